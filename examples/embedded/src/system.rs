//! All that the program asks of Linux: to be started, to write, to end.

use core::arch::{asm, global_asm};
use core::ffi::{CStr, c_char};
use core::fmt::{self, Write};
use core::panic::PanicInfo;
use core::slice::Iter;
use core::str::Utf8Error;

use crate::steers::steers;

// A program starts with the number of its arguments and pointers to them on top of the stack.
#[cfg(target_arch = "x86_64")]
global_asm!(".globl _start", "_start:", "xor ebp, ebp", "mov rdi, rsp", "and rsp, -16",
    "call {start}", "ud2", start = sym start);
#[cfg(target_arch = "aarch64")]
global_asm!(".globl _start", "_start:", "mov x29, #0", "mov x30, #0", "mov x0, sp", "bl {start}",
    "udf #0", start = sym start);

/// The numbers of the system calls.
#[cfg(target_arch = "x86_64")]
mod call {
    pub const WRITE: usize = 1;
    pub const SIGNAL_ACTION: usize = 13;
    pub const EXIT: usize = 231;
}
#[cfg(target_arch = "aarch64")]
mod call {
    pub const WRITE: usize = 64;
    pub const SIGNAL_ACTION: usize = 134;
    pub const EXIT: usize = 94;
}

const INTERRUPTED: isize = -4;
const NO_READER: isize = -32;

/// Makes a system call; a negative result is an error.
///
/// # Safety
///
/// The arguments are those of the call: pointers among them point to what it reads.
unsafe fn system_call(number: usize, [a, b, c, d]: [usize; 4]) -> isize {
    let result;
    // SAFETY: what the call reads is the caller's duty, the registers are those that Linux takes
    // and changes.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        asm!("syscall", inlateout("rax") number => result, in("rdi") a, in("rsi") b, in("rdx") c,
            in("r10") d,
            lateout("rcx") _, lateout("r11") _, options(nostack));
        #[cfg(target_arch = "aarch64")]
        asm!("svc #0", in("x8") number, inlateout("x0") a => result, in("x1") b, in("x2") c,
            in("x3") d, options(nostack));
    }
    result
}

extern "C" fn start(stack: *const usize) -> ! {
    const BROKEN_PIPE: usize = 13;
    // The handler, flags, what restores and the mask: 1 is to ignore the signal, so that the write
    // fails instead.
    let ignore = [1usize, 0, 0, 0];
    // SAFETY: Linux takes an action of this form and a mask of 8 bytes.
    unsafe { system_call(call::SIGNAL_ACTION, [BROKEN_PIPE, ignore.as_ptr().addr(), 0, 8]) };
    // SAFETY: there stand a number and as many pointers to strings, which live as long as the
    // program.
    let arguments =
        unsafe { core::slice::from_raw_parts(stack.add(1).cast::<*const c_char>(), *stack) };
    exit(crate::main(Arguments(arguments.get(1..).unwrap_or_default().iter())))
}

fn exit(status: i32) -> ! {
    loop {
        // SAFETY: takes no pointer.
        unsafe { system_call(call::EXIT, [status as usize, 0, 0, 0]) };
    }
}

/// The arguments behind the program's name on the command line.
pub struct Arguments(Iter<'static, *const c_char>);

impl Iterator for Arguments {
    type Item = Result<&'static str, Utf8Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // SAFETY: made by `start` of pointers to strings that end with a zero.
        self.0.next().map(|argument| unsafe { CStr::from_ptr(*argument) }.to_str())
    }
}

/// The size of the buffer for output, in bytes.
const BUFFER: usize = 1024;

/// A file to write to. It collects what is written, so as not to trouble the system for each word.
pub struct Output {
    file: usize,
    buffer: [u8; BUFFER],
    filled: usize,
}

impl Output {
    pub const fn standard() -> Output {
        Output { file: 1, buffer: [0; BUFFER], filled: 0 }
    }

    pub const fn error() -> Output {
        Output { file: 2, buffer: [0; BUFFER], filled: 0 }
    }

    /// Writes what has been collected.
    pub fn flush(&mut self) -> fmt::Result {
        let mut rest = &self.buffer[..core::mem::take(&mut self.filled)];
        while !rest.is_empty() {
            // SAFETY: reads the bytes of a slice.
            match unsafe {
                system_call(call::WRITE, [self.file, rest.as_ptr().addr(), rest.len(), 0])
            } {
                // A reader that has enough (`… | head`) is no error.
                NO_READER => exit(0),
                INTERRUPTED => {}
                written @ 1.. => rest = rest.get(written as usize..).unwrap_or_default(),
                _ => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}

impl Write for Output {
    /// Writes a text, with each character that steers the terminal as `\u{1b}`.
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        while let Some((at, character)) =
            text.char_indices().find(|(_, character)| steers(*character))
        {
            let (plain, rest) = text.split_at(at);
            self.collect(plain.as_bytes())?;
            for escaped in character.escape_unicode() {
                self.collect(escaped.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
            text = rest.get(character.len_utf8()..).unwrap_or_default();
        }
        self.collect(text.as_bytes())
    }
}

impl Output {
    fn collect(&mut self, mut rest: &[u8]) -> fmt::Result {
        while !rest.is_empty() {
            if self.filled == self.buffer.len() {
                self.flush()?;
            }
            let free = &mut self.buffer[self.filled..];
            let (now, later) = rest.split_at(rest.len().min(free.len()));
            free[..now.len()].copy_from_slice(now);
            self.filled += now.len();
            rest = later;
        }
        Ok(())
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    let mut err = Output::error();
    let _ = writeln!(err, "{info}").and_then(|()| err.flush());
    exit(101)
}

/// Named by the precompiled core library; nothing unwinds here.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}
