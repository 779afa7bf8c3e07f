"""Mail servers and sign-in: the only code that speaks IMAP, SMTP and OAuth2."""
