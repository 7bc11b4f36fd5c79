//! The files in a ZIP archive, which may be hostile: it can be small and unpack to anything, list files that overlap, or be another
//! archive for each program that reads it.

use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::CrcReader;
use flate2::read::DeflateDecoder;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::input::{FileKind, MAX_INPUT, too_large};
use crate::panic;
use crate::project::reason;

/// The longest list of files that is read, in bytes. It is enough for about 400 000 files.
const MAX_LIST: u64 = 64 << 20;

/// The factor by which a file may be larger than its packed form. Documents and pictures are packed already.
const MAX_RATIO: u64 = 200;

/// Where macOS keeps attributes of files, under their names.
const MAC_ATTRIBUTES: &str = "__MACOSX/";

/// Calls `check` for each document, picture and credential in an archive, in the order of their names, with its name, and with its
/// bytes or the reason why it cannot be read. Returns the number of calls.
///
/// # Errors
/// Why the archive cannot be read.
pub fn for_each_file(
    file: impl Read + Seek,
    check: &mut dyn FnMut(&str, Result<Vec<u8>, String>),
) -> Result<usize, String> {
    let mut archive = open(file)?;
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let name = panic::catch(|| archive.name_for_index(index).map(|name| name.map(|name| name.into_owned())));
        let Ok(Some(Ok(name))) = name else {
            return Err(format!(
                "the archive is damaged: file {} of {} has no readable name",
                index + 1,
                archive.len()
            ));
        };
        names.push((name, index));
    }
    names.sort();
    let is_checked = |name: &str| !name.starts_with(MAC_ATTRIBUTES) && FileKind::of(name).is_some();
    names.retain(|(name, _)| is_checked(name));
    for (name, index) in &names {
        let bytes = match FileKind::of(name) {
            Some(FileKind::Archive | FileKind::OtherArchive) => {
                Err("it is an archive in an archive, which is not opened: unpack it".to_owned())
            }
            _ => panic::catch(|| read(&mut archive, *index)).unwrap_or_else(|_| Err("it is damaged".to_owned())),
        };
        check(name, bytes);
    }
    Ok(names.len())
}

/// Opens an archive, if every program that reads it finds the same files in it.
fn open<R: Read + Seek>(file: R) -> Result<Archive<R>, String> {
    let left = Rc::new(Cell::new(MAX_LIST));
    let limited = Limited { inner: BufReader::new(file), left: Rc::clone(&left) };
    let opened = panic::catch(|| {
        let mut archive = ZipArchive::new(limited)?;
        archive.validate_header_consistency()?;
        Ok(archive)
    });
    left.set(u64::MAX);
    opened.map_err(|_| "the archive is damaged".to_owned())?.map_err(|error: ZipError| describe(&error))
}

fn describe(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            format!("the archive lists more files than are read: its list is longer than {} MiB", MAX_LIST >> 20)
        }
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            format!("the archive cannot be read: {}", reason(error))
        }
        ZipError::InvalidArchive(what) if what.contains("duplicate") => {
            "two files in the archive have the same name: programs differ in which one they unpack".to_owned()
        }
        ZipError::InvalidArchive(what) if what.contains("overlapping") => {
            "files in the archive overlap, as in an archive that is made to fill a disk".to_owned()
        }
        ZipError::InvalidArchive(what) if what.contains("inconsisten") => {
            "the archive contradicts itself: programs differ in what they unpack from it".to_owned()
        }
        _ => "the archive is damaged or incomplete: its list of files, which is at its end, cannot be read".to_owned(),
    }
}

/// Reads a file of an archive.
///
/// # Errors
/// Why it cannot be read.
fn read<R: Read + Seek>(archive: &mut Archive<R>, index: usize) -> Result<Vec<u8>, String> {
    let entry = archive.by_index_raw(index).map_err(|_| "the archive is damaged where this file begins".to_owned())?;
    if entry.encrypted() {
        return Err("it needs a password: unpack the archive, and check the folder".to_owned());
    }
    if !entry.is_file() {
        return Err("it is a link".to_owned());
    }
    let (size, packed, crc, method) = (entry.size(), entry.compressed_size(), entry.crc32(), entry.compression());
    if size > MAX_INPUT {
        return Err(too_large());
    }
    if size / MAX_RATIO > packed {
        return Err(format!("it is packed to less than 1/{MAX_RATIO} of its size, as no certificate is"));
    }
    match method {
        CompressionMethod::Stored => read_whole(entry, size, crc),
        CompressionMethod::DEFLATE => read_whole(DeflateDecoder::new(entry), size, crc),
        _ => Err("it is packed in a way that is not read: unpack the archive, and check the folder".to_owned()),
    }
}

/// Reads a file of `size` bytes with the checksum `crc` (CRC-32).
fn read_whole(file: impl Read, size: u64, crc: u32) -> Result<Vec<u8>, String> {
    let mut file = CrcReader::new(file);
    let mut bytes = Vec::new();
    let is_read = (&mut file).take(size + 1).read_to_end(&mut bytes).is_ok();
    match is_read && bytes.len() as u64 == size && file.crc().sum() == crc {
        true => Ok(bytes),
        false => Err("it is damaged: its bytes are not those that were packed".to_owned()),
    }
}

/// An archive. Until it is open, a limited number of bytes is read.
type Archive<R> = ZipArchive<Limited<BufReader<R>>>;

/// A reader that fails when more bytes are read than are left.
struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left.set(self.left.get().checked_sub(count as u64).ok_or(io::ErrorKind::FileTooLarge)?);
        Ok(count)
    }
}

impl<R: Seek> Seek for Limited<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
