#[cfg(feature = "compile")]
fn main() {
    println!("cargo::rerun-if-env-changed=GUIDE_RELEASE");
    let builder = almanac_build::Builder::new("docs").search_index(true);
    if std::env::var_os("GUIDE_RELEASE").is_some() {
        builder.clone().deny_warnings(true).write_to("compiled").compile();
    }
    builder.compile();
}

#[cfg(not(feature = "compile"))]
fn main() {
    println!("cargo::rerun-if-changed=compiled");
    if !std::path::Path::new("compiled/almanac.rs").exists() {
        println!("cargo::error=there is no compiled form: enable the feature `compile`");
    }
}
