//! An archive whose every byte is checked at start.

app_rkyv::app!(
    rkyv::access::<app_rkyv::ArchivedBase, rkyv::rancor::Error>(&app_rkyv::BYTES.0)
        .expect("a good archive")
);
