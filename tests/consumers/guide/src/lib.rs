//! A guide that is shipped in its compiled form.

#![no_std]
#![deny(warnings, missing_docs)]

#[cfg(feature = "compile")]
almanac_core::almanac!();
#[cfg(not(feature = "compile"))]
almanac_core::almanac!(folder = "compiled");
