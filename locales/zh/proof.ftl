# gen-report proof 所生成的译校样中的文字。没有这些文字的语言使用英文。

proof-title = 译校样
proof-legend = 红色竖线标出每条消息的起点，编号印在页边，与列表对应。
# $page、$pages：数字。
proof-page = 第{ $page }页，共{ $pages }页

## 每条消息的各行

proof-source = 原文
proof-translation = 译文
proof-printed = 页面所见
proof-values = 代入值
proof-note = 注
proof-missing = 尚未翻译，页面采用另一语言的文本。

## 页面上没有编号的消息

proof-parts-title = 其他消息的组成部分
proof-parts-text = 以下消息印在其他消息之中，或用于表达数值，或被其他消息引用。
# $numbers：消息的编号，如 3, 7。
proof-inside = 见于{ $numbers }
proof-unprinted-title = 未印在本样各页的消息
proof-unprinted-text = 本校样的页面没有印出以下消息。
proof-reason-hidden = 属于PDF的数据（标题、替代文本），或只在页数更多的文件中出现
proof-reason-blank = 代入这些事实后为空，或只是空格
proof-reason-not-reached = 这些文件的事实用不到
proof-reason-unused = 这些文件的模板没有使用
proof-reason-sheets = 用于印刷厂的印张
proof-reason-web-page = 用于核验证书的网页
proof-reason-proof = 本校样自身的文字
proof-reason-setting = 设置
