use proptest::prelude::*;

use super::*;

/// A chunk of a PNG with its checksum.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend([width.to_be_bytes(), height.to_be_bytes()].as_flattened());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    bytes.extend(&header);
    bytes.extend(crc32(&header).to_be_bytes());
    bytes
}

/// Returns the checksum, by polynomial division of the reversed bits: not as the reader does it.
fn crc32(bytes: &[u8]) -> u32 {
    let mut bits: Vec<bool> =
        bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1)).collect();
    bits.iter_mut().take(32).for_each(|bit| *bit = !*bit);
    bits.extend([false; 32]);
    let polynomial = 0x04c1_1db7_u32;
    for at in 0..bits.len() - 32 {
        if bits[at] {
            for offset in 0..32 {
                bits[at + 1 + offset] ^= polynomial >> (31 - offset) & 1 == 1;
            }
        }
    }
    let rest = &bits[bits.len() - 32..];
    !rest.iter().enumerate().fold(0, |value, (at, bit)| value | u32::from(*bit) << at)
}

fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    for (marker, body) in segments {
        bytes.extend([0xff, 0xff, *marker]);
        bytes.extend((body.len() as u16 + 2).to_be_bytes());
        bytes.extend(*body);
    }
    bytes
}

/// A frame header of 640 × 480.
const FRAME: (u8, &[u8]) = (0xc2, &[8, 1, 224, 2, 128, 3]);

fn exif(order: &[u8], value: u16) -> Vec<u8> {
    let number = |number: u16| match order {
        b"II" => number.to_le_bytes(),
        _ => number.to_be_bytes(),
    };
    let mut bytes = b"Exif\0\0".to_vec();
    bytes.extend(order);
    bytes.extend(number(42));
    bytes.extend(match order {
        b"II" => 8u32.to_le_bytes(),
        _ => 8u32.to_be_bytes(),
    });
    bytes.extend(number(1));
    for part in [0x0112, 3] {
        bytes.extend(number(part));
    }
    bytes.extend([0; 4]);
    bytes.extend(number(value));
    bytes.extend([0; 2]);
    bytes
}

fn webp(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WEBP".to_vec();
    bytes.extend(kind);
    bytes.extend([0; 4]);
    bytes.extend(body);
    bytes
}

fn block(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    bytes
}

/// An AVIF with a thumbnail of 16 × 9 as first item and a picture with these properties as second.
fn avif(properties: &[Vec<u8>]) -> Vec<u8> {
    let size = |width: u32, height: u32| {
        let sides = [0_u32.to_be_bytes(), width.to_be_bytes(), height.to_be_bytes()];
        block(b"ispe", sides.as_flattened())
    };
    let mut known = [size(16, 9), size(640, 480)].concat();
    properties.iter().for_each(|property| known.extend(property));
    let mut associated =
        vec![0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 1, 1, 0, 2, 1 + properties.len() as u8, 2];
    associated.extend((0..properties.len()).map(|at| 0x80 | (at as u8 + 3)));
    let iprp = [block(b"ipco", &known), block(b"ipma", &associated)].concat();
    let meta = [vec![0; 4], block(b"pitm", &[0, 0, 0, 0, 0, 2]), block(b"iprp", &iprp)].concat();
    [block(b"ftyp", b"mif1\0\0\0\0avifmif1"), block(b"meta", &meta)].concat()
}

fn svg(root: &str, inside: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" {root}>{inside}</svg>\n"
    )
    .into()
}

fn size(name: &str, bytes: &[u8]) -> (u32, u32) {
    let header = header(name, bytes).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    (header.width, header.height)
}

fn fault(name: &str, bytes: &[u8]) -> String {
    header(name, bytes).expect_err(name)
}

#[test]
fn every_format_says_its_size() {
    assert_eq!(size("a.png", &png(640, 480)), (640, 480));
    assert_eq!(size("a.GIF", b"GIF89a\x80\x02\xe0\x01"), (640, 480));
    assert_eq!(size("a.jpeg", &jpeg(&[(0xe0, b"JFIF\0"), (0xc4, &[0; 9]), FRAME])), (640, 480));
    let lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0xe0, 0x01];
    assert_eq!(size("a.webp", &webp(b"VP8 ", &lossy)), (640, 480));
    let bits = 639_u32 | 479 << 14;
    assert_eq!(
        size("a.webp", &webp(b"VP8L", &[&[0x2f][..], &bits.to_le_bytes()].concat())),
        (640, 480)
    );
    assert_eq!(size("a.webp", &webp(b"VP8X", &[0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0])), (640, 480));
    assert_eq!(size("a.avif", &avif(&[])), (640, 480));
    assert_eq!(size("a.svg", &svg("viewBox='0 -1.5, 640 479.2'", "")), (640, 480));
    assert_eq!(size("a.svg", &svg("width='640px' height=\"480\"", "<g/>")), (640, 480));
}

#[test]
fn what_is_turned_is_turned() {
    for order in [b"II", b"MM"] {
        assert_eq!(size("a.jpg", &jpeg(&[(0xe1, &exif(order, 6)), FRAME])), (480, 640));
        assert_eq!(size("a.jpg", &jpeg(&[(0xe1, &exif(order, 3)), FRAME])), (640, 480));
    }
    assert_eq!(size("a.avif", &avif(&[block(b"irot", &[1])])), (480, 640));
    let cut: Vec<u8> = [100_u32, 1, 99, 2].iter().flat_map(|number| number.to_be_bytes()).collect();
    assert_eq!(size("a.avif", &avif(&[block(b"clap", &cut), block(b"irot", &[3])])), (49, 100));
}

#[test]
fn names_and_contents_agree() {
    assert_eq!(fault("a.png", b"GIF89a\x01\0\x01\0"), "is a GIF: its name must end with `.gif`");
    assert_eq!(fault("a.jpg", b"plain text"), "does not begin as a JPEG does");
    assert_eq!(fault("a.bmp", b"BM"), "is no PNG, JPEG, GIF, WebP, AVIF or SVG");
    assert_eq!(fault("a.png", b""), "is an empty file");
    assert_eq!(fault("a.avif", b"\0\0\0\x10ftypisom\0\0\0\0"), "does not begin as an AVIF does");
}

#[test]
fn broken_files_are_told() {
    let mut wrong = png(640, 480);
    wrong[16] ^= 1;
    assert_eq!(fault("a.png", &wrong), "can't be shown: the checksum of its header is wrong");
    assert_eq!(fault("a.png", &png(0, 480)), "says that it is 0 × 480 pixels large");
    assert_eq!(fault("a.gif", b"GIF89a"), "can't be shown: it ends too early");
    assert_eq!(fault("a.jpg", &jpeg(&[(0xda, &[])])), "can't be shown: it has no frame header");
    let endless = [block(b"ftyp", b"avif"), vec![0, 0, 0, 4, b'm', b'e', b't', b'a']].concat();
    assert_eq!(fault("a.avif", &endless), "can't be shown: it ends too early");
    let zero: Vec<u8> =
        [100_u32, 0, 99, 0].iter().flat_map(|number| number.to_be_bytes()).collect();
    let zero = avif(&[block(b"clap", &zero)]);
    assert_eq!(fault("a.avif", &zero), "can't be shown: it is cut to a size divided by zero");
}

#[test]
fn svgs_are_well_formed() {
    let broken = |inside: &str| fault("a.svg", &svg("viewBox='0 0 1 1'", inside));
    for (inside, told) in [
        ("<g>", "`<g>` is not closed"),
        ("</g>", "`<svg>` is not closed"),
        ("<g a='1' a='2'/>", "`<g>` has `a` twice"),
        ("<g a=1/>", "the tag `<g>` is malformed"),
        ("<g a='1'b='2'/>", "the tag `<g>` is malformed"),
        ("&nbsp;", "`&nbsp;` is not defined"),
        ("<!-- x", "a tag has no end"),
        ("< g/>", "a tag has no name"),
    ] {
        assert_eq!(broken(inside), format!("can't be shown: {told}"), "{inside}");
    }
    for (text, told) in [
        ("<svg/>", "`<svg>` needs `xmlns=\"http://www.w3.org/2000/svg\"`"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "it defines entities"),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "`<svg>` has no `viewBox`, so nobody knows its size",
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1'/>",
            "`viewBox=\"0 0 1\"` is not four numbers",
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/><g/>",
            "something follows its root",
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>x",
            "text stands outside of its root",
        ),
    ] {
        assert_eq!(fault("a.svg", text.as_bytes()), format!("can't be shown: {told}"), "{text}");
    }
    let whole = "\u{feff}<?xml version='1.0'?><!-- c --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG \
        1.1//EN\" \"http://x/svg11.dtd\">\n\
                 <s:svg xmlns:s='http://www.w3.org/2000/svg' viewBox='0 0 2 1'><!-- <g> \
                 --><s:style><![CDATA[a > b {fill: url(#x)}]]>\
                 </s:style><s:text a = '&lt;&#65;&#x41;'>A &amp; B</s:text ></s:svg>";
    assert_eq!(size("a.svg", whole.as_bytes()), (2, 1));
}

#[test]
fn svgs_run_and_load_nothing() {
    for inside in [
        "<script>alert(1)</script>",
        "<x:SCRIPT/>",
        "<g onload='x()'/>",
        "<g ONCLICK='x()'/>",
        "<a href='java&#x0A;script:x'/>",
        "<a xlink:href='&#106;avascript:x'><g/></a>",
        "<set attributeName='href' to='javascript:x'/>",
        "<a href='data:text/html,x'/>",
        "<image href='https://a.example/x.png'/>",
        "<image xlink:href='other.png'/>",
        "<use href='data:image/svg+xml,x'/>",
        "<g style='fill: url(https://a.example/)'/>",
        "<style>@import 'x.css';</style>",
        "<style><![CDATA[a{background:URL( \"//a.example\")}]]></style>",
        "<foreignObject><iframe src='x'/></foreignObject>",
        "<?xml-stylesheet href='x.xsl'?>",
    ] {
        let told = fault("a.svg", &svg("viewBox='0 0 1 1'", inside));
        assert!(told.starts_with("can't be shown: "), "{inside}: {told}");
    }
    for inside in [
        "<a href='https://a.example/'><g/></a>",
        "<use href='#x'/>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<g fill='url(#x)' style='font: url(data:font/woff,x)'/>",
        "<text data='on'>script onload=x() javascript:</text>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    ] {
        assert_eq!(size("a.svg", &svg("viewBox='0 0 1 1'", inside)), (1, 1), "{inside}");
    }
}

#[test]
fn base64_as_others_write_it() {
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"foob", "Zm9vYg=="),
        (b"\xfb\xff\xfe", "+//+"),
    ] {
        assert_eq!(base64(bytes), text);
    }
}

proptest! {
    /// Nothing that is cut, flipped or made up makes the readers panic or run for ever.
    #[test]
    fn no_file_is_trusted(
        kind in 0_usize..8,
        cut in 0_usize..400,
        flips in prop::collection::vec((0_usize..400, any::<u8>()), 0..8),
    ) {
        let files = [
            ("a.png", png(3, 4)),
            ("a.jpg", jpeg(&[(0xe1, &exif(b"II", 6)), FRAME])),
            ("a.gif", b"GIF89a\x80\x02\xe0\x01".to_vec()),
            ("a.webp", webp(b"VP8 ", &[0; 20])),
            ("a.webp", webp(b"VP8X", &[0; 20])),
            ("a.avif", avif(&[block(b"irot", &[1])])),
            ("a.svg", svg("viewBox='0 0 1 1'",
            "<g a='&#65;'>text</g><!-- c --><style>a{}</style>")),
            ("a.svg", svg("width='1' height='1'", "<a href='#x'/>")),
        ];
        let (name, mut bytes) = files[kind].clone();
        for (at, byte) in flips {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes.truncate(cut.max(1));
        let _ = header(name, &bytes);
    }
}
