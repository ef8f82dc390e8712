"""The plugin's side of Pulumi: the hooks and their resources. Runs in the plugin process only."""
