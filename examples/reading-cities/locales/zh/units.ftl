# The units of this programme in Chinese.

measure-library = { things }座公共图书馆
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }座公共图书馆
measure-loan = { things }册次
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }册次
measure-city = { things }座城市
    .before = { hedge-things }
    .number = { digits }
    .after = { more-things }{ scale }座城市
