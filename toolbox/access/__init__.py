"""Who somebody is: accounts, the three ways to sign in, sessions and roles. There are no passwords."""
