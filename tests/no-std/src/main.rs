//! A program without std and without an allocator: prints the titles of an article's sections.
#![no_std]
#![no_main]

use ai_almanac::{Article, get};

const HUAWEI: &Article = get("companies/huawei").unwrap();

fn print(text: &str) {
    // SAFETY: the pointer and the length are those of a string.
    unsafe { libc::write(1, text.as_ptr().cast(), text.len()) };
}

#[unsafe(no_mangle)]
extern "C" fn main(_: i32, _: *const *const u8) -> i32 {
    print(HUAWEI.title());
    for section in HUAWEI.sections() {
        print("\n- ");
        print(section.title());
    }
    print("\n");
    if get("companies/none").is_none() { 0 } else { 1 }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    // SAFETY: ends the process.
    unsafe { libc::abort() }
}

/// Named by the precompiled core library; nothing unwinds here.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}
