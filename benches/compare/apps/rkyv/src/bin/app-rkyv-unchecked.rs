//! An archive that is trusted.

app_rkyv::app!({
    // SAFETY: the build script of this package wrote the bytes as this type.
    unsafe { rkyv::access_unchecked::<app_rkyv::ArchivedBase>(&app_rkyv::BYTES.0) }
});
