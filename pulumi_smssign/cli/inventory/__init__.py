"""The inventory of a stack and of its accounts, for a person: no engine runs, nothing is changed.

State comes from `pulumi stack export`, in which secrets stay encrypted; what is live comes from the
vendors, a question for each account.
"""
