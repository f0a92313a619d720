fn main() {
    almanac_build::compile("notes");
}
