"""How the rooms are put together: settings, addresses, and who may use which."""
