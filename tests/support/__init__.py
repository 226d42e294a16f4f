"""What tests share: folders, documents, servers and readers of other makers."""
