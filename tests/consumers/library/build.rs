fn main() {
    almanac_build::Builder::new("docs").search_index(true).compile();
    almanac_build::Builder::new("handbook").name("handbook").compile();
}
