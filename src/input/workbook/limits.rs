use std::io::Cursor;

use super::Refusal;

/// Most bytes that the parts of a workbook may have unpacked.
pub(super) const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// Most parts of a workbook.
const MAX_PARTS: usize = 10_000;

/// Most cells of a sheet that hold something.
pub(super) const MAX_CELLS: usize = 2_000_000;

/// Most columns of a sheet.
pub(super) const MAX_COLUMN: u32 = 2_000;

/// Refuses an archive whose parts would unpack to more than the limits, by what
/// it says of them; no part is unpacked.
pub(super) fn check_zip(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooLarge(format!("{} > {MAX_PARTS}", archive.len())));
    }
    let mut unpacked: u64 = 0;
    for part in 0..archive.len() {
        let part = archive.by_index_raw(part).map_err(|error| Refusal::Unreadable(error.to_string()))?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MAX_UNPACKED {
        let mega = 1024 * 1024;
        return Err(Refusal::TooLarge(format!("{} MB > {} MB", unpacked / mega, MAX_UNPACKED / mega)));
    }
    Ok(())
}
