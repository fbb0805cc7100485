"""台账签名密钥 · the keys that the log is signed with."""
