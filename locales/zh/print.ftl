# 印刷厂用语：页外说明行、封面页和工单。没有这些文字的语言使用英文。

## 页外说明行

# $sheet、$total：数字。$face：only、front、back 或 both。
print-slug-sheet = 第{ $sheet }张，共{ $total }张{ $face ->
        [front] ，正面
        [back] ，背面
        [both] ，正背同版
       *[only] { "" }
    }
print-slug-job = 工单号{ $number }

## 工单：各行名称

print-job-number = 工单号
print-report = 文档种类
print-page = 成品尺寸
print-sheet = 纸张
print-layout = 拼版
print-sides = 印面
print-gutter = 间距
print-paper = 用纸
print-sheets = 印张数
print-sheets-of-each = 文件各页的印张数
print-documents = 文档数
print-copies = 份数
print-overs = 余数
print-plates = 印版
print-condition = 印刷条件
print-finishing = 印后加工

## 工单：内容

# 单位为毫米。
print-millimetres = { $number }毫米
print-page-size = { $width }×{ $height }毫米，出血{ $bleed }毫米
# $sheet：名称和尺寸。$pages：每面的页数。
print-sheet-up = { $sheet }，{ $pages }拼（{ $columns }×{ $rows }）
print-layout-one-up = 单页
print-layout-n-up = 多页连拼
print-layout-step-repeat = 同页连晒
print-layout-cut-stack = 裁切叠放
print-layout-booklet = 骑马订小册子
print-sides-one = 单面
print-sides-sheetwise = 双面，正背套版，左右翻
print-sides-work-and-turn = 双面，自翻版，左右翻
print-sides-work-and-tumble = 双面，自翻版，天地翻
# $weight：克每平方米。
print-paper-weight = { $weight }克/平方米
print-overs-destroy = { $number }（有编号的须销毁）
print-condition-ink = { $condition }，总墨量不超过{ $percent }%

## 工单：印后工序。$plate：印版名称。

print-step-foil = 烫金，印版{ $plate }
print-step-varnish = 局部上光，印版{ $plate }
print-step-embossing = 压凹凸，印版{ $plate }
print-step-spot-colour = 专色{ $plate }
print-step-cut = 按裁切标记裁切
print-step-cut-contour = 按专色{ $plate }模切
print-step-crease = 按专色{ $plate }压痕
print-step-stack = 逐行叠放各摞，左上摞在最上面
print-step-fold-stitch = 按折叠标记折叠，骑马订

## 印前检查：制版之前检查的内容。$document：含有该内容的文件。$inks：例如C 60, K 90。

print-preflight = 印前检查：{ $job }
print-colours = 色数
print-most-ink = 最大墨量
print-smallest-text = 多色套印的最小文字
print-thinnest-line = 多色套印的最细线条
print-thinnest-spot-line = { $plate }的最细线条
print-lowest-resolution = 图片最低分辨率
print-not-inks = 非油墨颜色
print-fonts = 字体
print-hash = SHA-256
print-none = 无
print-found-in = { $value }，见{ $document }
print-ink-found = { $percent }%（{ $inks }）；上限{ $limit }%
print-points-found = { $points }{ "\u00A0" }pt（{ $inks }）；下限{ $limit }{ "\u00A0" }pt
print-ppi-found = { $ppi }{ "\u00A0" }ppi；下限{ $limit }{ "\u00A0" }ppi
# $state：subset（嵌入子集）、whole（完整嵌入）或missing（未嵌入）。
print-font = { $font }{ $state ->
        [subset] ，已嵌入子集
        [missing] ，未嵌入
       *[whole] ，已嵌入
    }
