"""Who works here: the user model, roles and sign-in; beneath every other room."""
