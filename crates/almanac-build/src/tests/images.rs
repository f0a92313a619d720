//! Images, from the Markdown that shows them to tables, HTML and documentation.

use super::*;

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'><g/></svg>";
/// Of 40 × 30 pixels.
const GIF: &str = "GIF89a\u{28}\0\u{1e}\0";

/// Compiles a folder whose schema asks for the bytes.
fn with_bytes(files: &[(&str, &str)]) -> Compiled {
    let schema = [("_schema_.yml", "images: bytes\n")];
    compile_files(&[&schema, files].concat())
}

#[test]
fn html_has_size_and_an_address_from_the_root() {
    let compiled = compile_files(&[
        (
            "02-terms/chip.md",
            "---\nslug: /elsewhere/chip\n---\n\n# A\n\n\
            ![A *chip*](./img/a%20b%25%23.svg \"t\") ![w](https://a.example/w.png)\n\n\
             ![s](/img/s.png)[^n]\n\n[^n]: ![n](../n.gif)\n",
        ),
        ("02-terms/img/a b%#.svg", SVG),
        ("n.gif", GIF),
    ]);
    let html = generated(&compiled, "html.txt");
    assert!(
        html.contains(
            "<img src=\"/02-terms/img/a%20b%25%23.svg\" alt=\"A chip\" title=\"t\" \
            width=\"40\" height=\"30\">"
        ),
        "{html}"
    );
    assert!(html.contains("<img src=\"https://a.example/w.png\" alt=\"w\">"), "{html}");
    assert!(html.contains("<img src=\"/img/s.png\" alt=\"s\">"), "{html}");
    assert!(html.contains("<img src=\"/n.gif\" alt=\"n\" width=\"40\" height=\"30\">"), "{html}");
    let code = generated(&compiled, "almanac.rs");
    assert!(code.contains("__IMAGES : [self :: Image ; 4]"), "every image is in the table");
}

#[test]
fn bytes_are_kept_once_and_only_if_asked_for() {
    let files = [
        ("a.md", "# A\n\n![1](x.svg) ![2](./x.svg) ![3](y.gif)\n"),
        ("b.md", "# B\n\n![4](/x.svg) ![5](x.svg)\n"),
        ("d.md", "---\ndraft: true\n---\n\n# D\n\n![6](draft.gif)\n"),
        ("draft.gif", "GIF89a\u{1}\0\u{1}\0draft"),
        ("x.svg", SVG),
        ("y.gif", GIF),
        ("unused.gif", GIF),
    ];
    let compiled = with_bytes(&files);
    assert_eq!(generated(&compiled, "pictures.bin"), format!("{SVG}{GIF}"));
    let compiled = compile_files(&files);
    assert!(compiled.files.iter().all(|(name, _)| name != "pictures.bin"));
    assert!(generated(&compiled, "almanac.rs").contains("static __IMAGE_BYTES : & [u8] = & [] ;"));
}

/// Footnotes that nobody cites are not shown, nor is what describes an image.
#[test]
fn only_what_is_shown_counts() {
    let compiled = compile_files(&[
        (
            "a.md",
            "# A\n\n![one ![two](y.gif)](x.svg) `![c](x.svg)`\n\n[^u]: ![three](x.svg)\n\n\
            | ![four](y.gif) |\n|---|\n",
        ),
        ("x.svg", SVG),
        ("y.gif", GIF),
    ]);
    assert!(generated(&compiled, "almanac.rs").contains("__IMAGES : [self :: Image ; 2]"));
}

#[test]
fn documentation_shows_small_images_in_place() {
    let large = format!("{GIF}{}", "x".repeat(70_000));
    let compiled = compile_files(&[
        (
            "a.md",
            "# A\n\n![A \"chip\" \\< | `c` *d*](x.gif 'ti\"tle')\n\n| ![in \\| x](x.gif) |\n\
            |---|\n\n![Large](y.gif) ![W](https://a.example/w.png)\n",
        ),
        ("x.gif", GIF),
        ("y.gif", &large),
    ]);
    let docs = generated(&compiled, "docs/0.md");
    let image = "<img alt=\"A &#34;chip&#34; &#60; &#124; c d\" title=\"ti&#34;tle\" width=\"40\" \
        height=\"30\" \
                 style=\"max-width:100%;height:auto\" \
                 src=\"data:image/gif;base64,R0lGODlhKAAeAA==\">";
    assert!(docs.contains(image), "{docs}");
    assert!(docs.contains("<em>Large</em>&#32;<em>W</em>"), "{docs}");
    assert!(docs.contains("| <img alt=\"in &#124; x\" width"), "{docs}");
}

/// A small file that shows a large image over and over.
#[test]
fn documentation_stays_small() {
    let image = format!("{GIF}{}", "x".repeat(60_000));
    let text = format!("# A\n\n{}", "![a](x.gif)\n".repeat(10_000));
    let compiled = compile_files(&[("a.md", &text), ("x.gif", &image)]);
    assert!(generated(&compiled, "docs/0.md").len() < 40 << 20);
}

#[test]
fn a_refused_image_leaves_its_words() {
    let settings = Settings { allow: "invalid-image".into(), ..Settings::default() };
    let files = [("a.md", "# A\n\n![A chip](x.png)\n"), ("x.png", "no image")];
    let compiled = compile(ContentFolder::from_files(files), &settings);
    assert_eq!(generated(&compiled, "html.txt").trim(), "<p>A chip</p>");
    assert!(generated(&compiled, "docs/0.md").contains("<em>A chip</em>"));
    assert!(generated(&compiled, "almanac.rs").contains("__IMAGES : [self :: Image ; 0]"));
}

/// Files of a real folder: too large, out of the folder, not there any more.
#[test]
fn images_are_read_from_the_folder_alone() {
    let folder = std::env::temp_dir().join(format!("almanac-images-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("img")).unwrap();
    let file = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    file("a.md", b"# A\n\n![fits](img/x.gif) ![large](img/large.gif) ![linked](img/inside.gif)\n");
    file("img/x.gif", GIF.as_bytes());
    file("img/large.gif", &[GIF.as_bytes(), &vec![0; 8 << 20]].concat());
    #[cfg(unix)]
    std::os::unix::fs::symlink("x.gif", folder.join("img/inside.gif")).unwrap();
    #[cfg(not(unix))]
    file("img/inside.gif", GIF.as_bytes());
    let (content, _) = ContentFolder::read("content", &folder);
    let report = compile((content, Vec::new()), &Settings::default()).report;
    let (content, _) = ContentFolder::read("content", &folder);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(report.errors.contains("`img/large.gif` is larger than 8 MiB"), "{}", report.errors);
    assert_eq!(report.errors.matches("error[").count(), 1, "{}", report.errors);
    let report = compile((content, Vec::new()), &Settings::default()).report;
    assert!(report.errors.contains("`img/x.gif` can't be read"), "{}", report.errors);
}

/// A folder or device in place of an image is told, and no other image suggested.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_no_image() {
    let folder = std::env::temp_dir().join(format!("ai-almanac-special-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("f/folder.png")).unwrap();
    let article = "---\nimage: ./fifo.png\n---\n\n# A\n\n![1](fifo.png) ![2](folder.png)\n\
         ![3](link.png) ![4](socket.png) ![5](to-folder.png)\n";
    std::fs::write(folder.join("f/a.md"), article).unwrap();
    std::fs::write(folder.join("f/fif.png"), GIF).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(folder.join("f/fifo.png")).status();
    assert!(fifo.unwrap().success());
    let socket = std::os::unix::net::UnixListener::bind(folder.join("f/socket.png")).unwrap();
    for (to, name) in [("fifo.png", "link.png"), ("folder.png", "to-folder.png")] {
        std::os::unix::fs::symlink(to, folder.join("f").join(name)).unwrap();
    }
    let said = crate::stages::compile_folder("docs", &folder, &Settings::default()).report.text();
    drop(socket);
    std::fs::remove_dir_all(&folder).unwrap();
    let told = |name: &str, what: &str, times: usize| {
        let expected = format!("error[invalid-image]: `f/{name}` is not a regular file: {what}\n");
        assert_eq!(said.matches(&expected).count(), times, "{said}");
    };
    told("fifo.png", "a FIFO", 2);
    told("folder.png", "a folder", 1);
    told("link.png", "a FIFO", 1);
    told("socket.png", "a socket", 1);
    told("to-folder.png", "a folder", 1);
    assert!(!said.contains("missing-image") && !said.contains("did you mean"), "{said}");
}
