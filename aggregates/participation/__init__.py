"""(二) (十二) (十三) 重大决策与公众参与 · major decisions and public participation."""
