# Words of the Vietnamese documents. Style of the Vietnam News Agency.

## Shared

press-release = Thông cáo báo chí
specimen = Bản mẫu, không có giá trị chính thức
selection = đợt tuyển chọn { ORDINAL($edition) }

# Between two sentences of a paragraph.
sentence-gap = { " " }
# The period of a figure at the end of a sentence, or nothing.
in-period = { $period ->
        [none] { "" }
       *[some] { " " }{ DATE($period, style: "in") }
    }
# The form as-of has its comma or space.
as-of-period = { $period ->
        [none] { "" }
       *[some] { DATE($period, style: "as-of") }
    }

## Press release: parts of the page

release-now = PHÁT HÀNH NGAY
release-embargo = CẤM PHÁT TRƯỚC THỜI HẠN
# $until: a date, or a date and time. $zone: “giờ Bắc Kinh”, or none.
embargo-detail = Không đăng tải, phát sóng trước { DATE($until) }{ $zone ->
        [none] { "" }
       *[some] { " " }({ $zone })
    }.
dateline = { NAME($place) }, { DATE($published) }{ "\u00A0" }–
# without $count: the words are the same for one figure.
key-figures = Số liệu chính
sources-label = Nguồn
contact-label = Liên hệ báo chí
contact-separator = { "\u00A0· " }
about-label = Về chương trình “{ $short }”
end-mark = – HẾT –
more-mark = – xem tiếp trang sau –

## Key figures

figure-note = { $nature ->
        [forecast] dự báo{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period) }
        }
       *[observed] số liệu thực tế{ $period ->
            [none] { "" }
           *[some] { " " }{ DATE($period) }
        }
    }

## Notes

sources = Số liệu: { $sources }.
# One figure in the list of forecasts.
forecast-item = { $label }{ $period ->
        [none] { "" }
       *[some] { " " }({ DATE($period) })
    }
# without $count: the words are the same for one item.
sources-forecasts = Số liệu dự báo tại thời điểm công bố: { $items }. Các số liệu khác là số liệu thực tế.

## Press release of the edition: the table

ranking-rank = Hạng
ranking-city = Thành phố
ranking-country = Quốc gia
ranking-route = Hình thức tham gia
ranking-place = { $rank }
route-application = tự ứng cử
route-recommendation = được đề cử
route-unpublished = không công bố

## Certificate

certificate = Giấy chứng nhận
certificate-title = Giấy chứng nhận – { NAME($city) } – { $short }
certificate-programme = { $programme }
certificate-intro = trao cho
certificate-city = { NAME($city, form: "full") }
certificate-closing = { "" }
certificate-date = { NAME($place) }, { DATE($announced) }{ $expires ->
        [none] { "" }
       *[some] , có giá trị đến { DATE($expires) }
    }
certificate-serial = Số:{ "\u00A0" }{ $serial }
code-alt = Mã QR xác thực giấy chứng nhận số { $serial }: { $address }
seal-alt = Dấu của chương trình “{ $short }”
seal-foot = { selection }
