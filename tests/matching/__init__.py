"""Names, organisations and events, recognised in what people write."""
