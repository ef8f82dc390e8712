"""Notices of what has moved: the robots of group chats and webhooks, and the messages for them."""
