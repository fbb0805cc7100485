"""(十) (十一) (十四) (十五) (十六) 组织领导、媒体与培训 · leadership, media, coordination and training."""
