"""TOML files, environment and secrets in; one ``Settings`` value out."""
