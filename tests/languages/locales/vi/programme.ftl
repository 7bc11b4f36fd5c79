# Words of this programme, in Vietnamese. Another programme replaces this file; locales/en/programme.ftl lists the variables.

about = Chương trình “{ $programme }” do { NAME($organiser) } ({ $acronym }) cùng nhiều tổ chức quốc tế sáng lập { DATE($founded, style: "when") }. Được triển khai trong khuôn khổ hợp tác số toàn cầu của Liên hợp quốc và các Mục tiêu phát triển bền vững, chương trình tìm kiếm những thành phố có tầm ảnh hưởng toàn cầu, nổi bật về đổi mới sáng tạo và ứng dụng trong lĩnh vực kinh tế số.

## The words under a key figure; `.of-city` in a press release that is not about that city

figure-committee-countries = có chuyên gia trong hội đồng
figure-digital-enterprises = có năng lực số tiên tiến
    .of-city = có năng lực số tiên tiến { NAME($city, form: "in") }
figure-digital-economy-size = quy mô kinh tế số
    .of-city = quy mô kinh tế số { NAME($city, form: "of") }
figure-digital-economy-value-added = giá trị tăng thêm của kinh tế số
    .of-city = giá trị tăng thêm của kinh tế số { NAME($city, form: "in") }
figure-digital-economy-share = tỷ trọng kinh tế số trong GRDP
    .of-city = tỷ trọng kinh tế số trong GRDP { NAME($city, form: "of") }
figure-ai-enterprises = trong lĩnh vực trí tuệ nhân tạo (AI)
    .of-city = trong lĩnh vực trí tuệ nhân tạo (AI) { NAME($city, form: "in") }
figure-ai-core-revenue = doanh thu ngành AI cốt lõi
    .of-city = doanh thu ngành AI cốt lõi { NAME($city, form: "of") }
figure-digital-manufacturers = sản xuất quy mô lớn đạt chuẩn chuyển đổi số
    .of-city = sản xuất quy mô lớn đạt chuẩn chuyển đổi số { NAME($city, form: "in") }
figure-digital-patents-rank = trong các thành phố trên thế giới về bằng sáng chế công nghệ số
    .of-city = { NAME($city, form: "of") } trong các thành phố trên thế giới về bằng sáng chế công nghệ số

## Press release of a city

city-short = { $rank ->
        [none] { NAME($city) } được chọn là thành phố thí điểm
        [1] { NAME($city) } dẫn đầu các thành phố thí điểm
       *[other] { NAME($city) } xếp { ORDINAL($rank) } trong các thành phố thí điểm
    }
# without $edition: the lede names it.
city-headline = { $rank ->
        [none] { NAME($city) } được chọn là thành phố thí điểm kinh tế số
        [1] { NAME($city) } dẫn đầu danh sách thành phố thí điểm kinh tế số
       *[other] { NAME($city) } xếp { ORDINAL($rank) } trong các thành phố thí điểm kinh tế số
    }
city-standfirst = { $digital-enterprises ->
        [none] Thành phố được chọn trong { selection } của chương trình dành cho các thành phố tiên phong về kinh tế số.
       *[some] Với { MEASURE($digital-enterprises) } có năng lực số tiên tiến, thành phố { $rank ->
            [1] dẫn đầu
           *[other] được chọn trong
        } { selection } của chương trình dành cho các thành phố tiên phong về kinh tế số.
    }
city-lede = { $rank ->
        [none] { NAME($city) } đã được chọn vào danh sách của chương trình “{ $programme }”.
        [1] { NAME($city) } đứng đầu danh sách của chương trình “{ $programme }”.
       *[other] { NAME($city) } xếp { ORDINAL($rank) } trong danh sách của chương trình “{ $programme }”.
    } Kết quả { selection } được công bố { NAME($place, form: "in") } { DATE($announced, style: "when") }{ $convention ->
        [none] { "" }
       *[some] , trong thời gian diễn ra { $convention }
    }.

## Press release of the edition

edition-short = { $edition ->
        [1] Công bố { first-cities }
       *[other] Công bố { new-cities }
    }
first-cities = { $city-count ->
        [1] thành phố thí{ "\u00A0" }điểm kinh tế số đầu tiên
       *[other] các thành phố thí{ "\u00A0" }điểm kinh tế số đầu tiên
    }
new-cities = { $city-count ->
        [1] thêm một thành phố thí{ "\u00A0" }điểm kinh tế số
       *[other] thêm { $city-count } thành phố thí{ "\u00A0" }điểm kinh tế số
    }
edition-headline = { $edition ->
        [1] Công bố { NAME($place, form: "in") } { first-cities }
       *[other] Công bố { new-cities }
    }
edition-standfirst = { $rank ->
        [none] Đây là { selection } của một chương trình quốc tế ra đời { DATE($founded, style: "when") }.
       *[some] { NAME($first) } dẫn đầu { selection } của một chương trình quốc tế ra đời { DATE($founded, style: "when") }.
    }
edition-lede = Kết quả { selection } của chương trình “{ $programme }” được công bố { NAME($place, form: "in") } { DATE($announced, style: "when") }. { $rank ->
        [none] Có { $city-count } thành phố được chọn.
        [1] { NAME($first) } đứng đầu danh sách.
       *[other] { NAME($first) } xếp { ORDINAL($rank) }.
    }
heading-routes = Hai hình thức tham gia, một hội đồng
heading-ranking = { $rank ->
        [none] Các thành phố được chọn
       *[some] Xếp hạng các thành phố được chọn
    }

## Sentences of the story (reports/story.yaml)

sentence-committee-countries = Việc tuyển chọn do một hội đồng gồm các chuyên gia đến từ { MEASURE($figure, style: "from") } thực hiện.
sentence-routes = Các thành phố có thể tự ứng cử hoặc được một chính phủ hay tổ chức quốc tế đề cử.
# “Có”, or “được dự báo có” in a forecast.
has = { $nature ->
        [forecast] được dự báo có
       *[observed] có
    }
sentence-digital-enterprises = { NAME($city) } { has } { MEASURE($figure) } có năng lực tiên tiến về kinh tế số{ as-of-period }.
    .with-ai-enterprises = { NAME($city) } { has } { MEASURE($figure) } có năng lực tiên tiến về kinh tế số và { MEASURE($other) } trong lĩnh vực trí tuệ nhân tạo (AI){ as-of-period }.
value-added = Giá trị tăng thêm của kinh tế số tại thành phố { reached }{ in-period }
# “Vượt 300 tỷ”, “đạt khoảng 300 tỷ”, “dao động từ 200 đến 300 tỷ”; the same of a forecast.
reached = { $nature ->
        [forecast] được dự báo{ " " }
       *[observed] { "" }
    }{ $hedge ->
        [over] vượt { MEASURE($figure, approx: "exact") }
       *[other] đạt { MEASURE($figure) }
    }
sentence-digital-economy-value-added = { value-added }.
    .with-digital-economy-share = { value-added }, tương đương { MEASURE($other) } tổng sản phẩm trên địa bàn (GRDP).
sentence-digital-economy-share = Kinh tế số { $nature ->
        [forecast] được dự báo chiếm
       *[observed] chiếm
    } { MEASURE($figure) } tổng sản phẩm trên địa bàn (GRDP) của thành phố{ in-period }.
sentence-digital-economy-size = Quy mô kinh tế số { reached }{ in-period }.
sentence-ai-enterprises = Thành phố { has } { MEASURE($figure) } trong lĩnh vực trí tuệ nhân tạo (AI){ as-of-period }.
    .with-ai-core-revenue = Thành phố { has } { MEASURE($figure) } trong lĩnh vực trí tuệ nhân tạo (AI), và ngành AI cốt lõi { $nature ->
        [forecast] được dự báo đạt
       *[observed] đạt
    } doanh thu { MEASURE($other) }{ as-of-period }.
sentence-ai-core-revenue = Doanh thu ngành AI cốt lõi { reached }{ in-period }.
meet-standard = Trong số các doanh nghiệp sản xuất quy mô lớn của thành phố, { MEASURE($figure) } { $nature ->
        [forecast] được dự báo đạt
       *[observed] đã đạt
    } chuẩn chuyển đổi số{ as-of-period }
sentence-digital-manufacturers = { meet-standard }.
    .with-digital-patents-rank = { meet-standard }, và thành phố { $nature ->
        [forecast] được dự báo xếp
       *[observed] xếp
    } { MEASURE($other) } thế giới về số bằng sáng chế được cấp trong lĩnh vực công nghệ số.
# without $city: “thành phố”, so as not to begin two paragraphs running with its name.
sentence-digital-patents-rank = Thành phố { $nature ->
        [forecast] được dự báo xếp
       *[observed] xếp
    } { MEASURE($figure) } thế giới về số bằng sáng chế được cấp trong lĩnh vực công nghệ số{ as-of-period }.
sentence-benchmark-ambition = Ngay từ { DATE($benchmark-ambition) }, { NAME($city) } đã công bố mục tiêu trở thành thành phố hình mẫu toàn cầu về kinh tế số.
sentence-conference = { $scope ->
        [city] Kết quả
       *[edition] Danh sách
    } được công bố tại { NAME($conference) }{ $convention ->
        [none] { "" }
       *[some] , một hoạt động trong khuôn khổ { $convention }
    }.

## Certificate

certificate-distinction = { $rank ->
        [none] thành phố thí điểm của { selection }
       *[some] xếp { ORDINAL($rank) } trong { selection }
    }
certificate-citation = ghi nhận tầm ảnh hưởng toàn cầu và thành tựu nổi bật về đổi mới sáng tạo và ứng dụng trong lĩnh vực kinh tế số, theo quyết định của hội đồng gồm các chuyên gia đến từ { MEASURE($committee-countries, style: "from") }
