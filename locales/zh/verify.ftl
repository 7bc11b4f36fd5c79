# 证书验证网页的文字。没有这些文字的语言不会出现在网页上。
# $organiser：机构名称。$date、$successor、$reason、$key、$value、$page、$languages：由网页填入。

verify-title = 证书验证
verify-lead = 用摄像头扫描证书上的二维码，选择证书的照片，或粘贴二维码的网址。
verify-private = 验证全部在本浏览器中完成，本页不发送任何内容。
verify-no-script-text = 本页需要JavaScript。也可以使用gen-report程序验证证书。
verify-language = 语言
verify-ways = 验证方式
verify-camera = 使用摄像头
verify-camera-stop = 关闭摄像头
verify-camera-hint = 请将二维码对准摄像头，保持端正，尽量靠近。
verify-file = 选择照片或PDF
verify-drop = 也可以将文件拖放到此处。
verify-text-label = 二维码的网址
verify-text-hint = 以https://开头的长网址
verify-check = 验证
verify-working = 正在验证
verify-again = 验证另一份证书
verify-result = 验证结果

## 结果

verify-genuine = 真实有效
verify-genuine-text = 此处显示的内容{ NAME($organiser, form: "by") }签名，未经改动。
verify-revoked = 已撤销
verify-revoked-text = 该证书曾真实有效，但签发者已于{ $date }将其撤销。
verify-superseded = 已被替换
verify-superseded-text = 该证书曾真实有效，但自{ $date }起已由{ $successor }号证书替换。
verify-expired = 已过期
verify-expired-text = 该证书曾真实有效，有效期至{ $date }。
verify-altered = 已被篡改
verify-altered-text = 二维码在签名后被改动，或指向其他网站。请勿接受该证书。
verify-incomplete-text = 二维码内容不完整或被改动。如果网址是复制的，请复制完整。
verify-print-serial-text = PDF中没有二维码所载的证书编号{ $value }。PDF被改动过，或二维码来自另一份证书。
verify-print-city-text = PDF中没有二维码所载的城市{ $value }。PDF被改动过，或二维码来自另一份证书。
verify-print-date-text = PDF中没有二维码所载的日期{ $value }。PDF被改动过，或二维码来自另一份证书。
verify-credential-altered-text = 该PDF所附的电子凭证被改动过，或来自另一份证书。请勿接受该证书。
verify-credential-missing-text = 签发者在每份证书中都附有电子凭证，而该PDF缺少凭证，已被改动。
verify-credential-unknown-text = 该PDF所附的一份电子凭证不是用本签发者的密钥签名的。
verify-seal-altered-text = 该PDF在签发者加盖电子印章后被改动。请勿接受。
verify-seal-missing-text = 二维码真实，但该PDF没有电子印章，而签发者的PDF都有电子印章。二维码以外的内容都可能被改动。请向签发者索取原文件。
verify-seal-stamped-text = 该PDF的电子印章之后附有文档时间戳，只有gen-report程序可以验证。
verify-seal-unknown-issuer-text = 该PDF的电子印章所用证书不是由本签发者公布的。
verify-unknown-issuer = 签发者不明
verify-unknown-issuer-text = 该二维码不是用本签发者的密钥签名的，它来自他人，或系伪造。
verify-unsigned = 未签名
verify-unsigned-text = 该二维码只是一个没有签名的网址，任何人都可以印制，不能证明任何事实。
verify-unclear = 有效性不明
verify-unclear-missing-text = 此处显示的内容{ NAME($organiser, form: "by") }签名。由于无法加载失效证书名单，尚不知该证书此后是否被撤销。
verify-unclear-broken-text = 此处显示的内容{ NAME($organiser, form: "by") }签名。由于失效证书名单已损坏或签名有误，尚不知该证书此后是否被撤销。
verify-unreadable = 无法读取
verify-no-code-text = 未找到二维码。请在光线充足处从正上方拍摄，使二维码尽量大。
verify-no-address-text = 这不是二维码的网址。二维码的网址以https://开头，长度相当于一段文字。
verify-too-large-text = 该文件超过64 MiB，本页面无法处理。请改用页面的图片，或用 gen-report verify 查验该文件。
verify-no-picture-text = 该文件不是图片（PNG、JPEG）或PDF，或者已经损坏。
verify-no-link-text = 该PDF中未找到已签名的二维码。如果页面上有二维码，请选择该页面的照片。
verify-no-text-text = 此处无法读取该PDF的页面，因此未作任何验证。请向签发者索取原文件，或选择该页面的照片。
verify-no-language-text = 页面上的日期所用语言在此处未知，因此未将页面与二维码比对。
verify-no-camera-text = 无法使用摄像头。请在浏览器中允许使用，或选择照片。
verify-unable = 无法验证
verify-no-signatures-text = 该浏览器不能验证签名。请使用新版Firefox、Chrome、Edge或Safari，并以https://打开本页。
verify-no-keys-text = 无法加载签发者的公钥。请检查网络连接，然后重新加载本页。
verify-reason = 原因：{ $reason }

## 二维码的内容

verify-fact-programme = 项目
verify-fact-edition = 届次
verify-fact-rank = 名次
verify-fact-serial = 证书编号
verify-fact-date = 公布日期
verify-fact-expires = 有效期至

## 结果的含义

verify-compare = 请与您手中的证书对照
verify-compare-text = 此处显示的每一行都必须与证书完全一致。真实的二维码可能被复制到伪造的证书上。
verify-done = 已验证的内容
verify-done-signature = 此处显示的内容{ NAME($organiser, form: "by") }签名，密钥为{ $key }
verify-done-seal = 电子印章{ NAME($organiser, form: "by") }加盖，此后PDF中的内容未经改动
verify-done-print = 第{ $page }页文字中的证书编号、城市和日期
verify-done-credential = 所附的电子凭证，内容一致（{ $languages }）
verify-done-list = { $date }的失效证书名单
verify-done-expiry = 有效期
verify-not-done = 未验证的内容
verify-not-done-paper = 证书本身的文字和图像
verify-not-done-pdf = PDF中的其他文字、数字和图像。二维码取自页面中的链接，而不是印出的二维码；gen-report程序可以验证印出的二维码。
verify-not-done-sealed = 印出的二维码（此处取自页面中的链接），以及加盖电子印章的时间。gen-report程序可以验证印出的二维码和时间戳。
