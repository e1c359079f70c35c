"""Files in the storage: presigned transfers and the providers' own clients."""
