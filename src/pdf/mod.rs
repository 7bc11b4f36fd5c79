//! Tools for PDF files (ISO 32000-2) that Typst and printpdf do not provide, on top of lopdf's object model.
//!
//! No module here depends on the rest of the crate, so that the typesetter, the sheets for the press, the archives and the
//! audit can all use it.
//!
//! - [`objects`]: names, numbers, dates, content hashes of objects
//! - [`matrix`]: transformation matrices
//! - [`scan`]: the operators of a content stream
//! - [`sign`]: the signature field, and the bytes that a signature covers
//! - [`splice`]: replacing objects of a finished PDF without parsing it, and packing it
//! - [`svg`], [`form_xobject`]: a line drawing in SVG as a form XObject
//! - [`qr_modules`]: the modules of a QR code as a form XObject
//! - [`overprint`]: separations that overprint
//! - [`layers`]: separations on layers
//! - [`fonts`]: the fonts of a document
//! - [`import`]: pages of other PDFs as form XObjects
//! - [`merge`]: many documents as one PDF with an outline
//! - [`draw`]: pages as pictures
//! - [`attachments`]: the files attached to a finished PDF
//! - [`text`]: the text of a finished PDF
//! - [`time_stamp`]: the document time stamp of a signed PDF
//! - [`xmp`]: metadata in XMP

pub mod attachments;
pub mod draw;
pub mod fonts;
pub mod form_xobject;
pub mod import;
pub mod layers;
pub mod matrix;
pub mod merge;
pub mod objects;
pub mod overprint;
pub mod qr_modules;
pub mod scan;
pub mod sign;
pub mod splice;
pub mod svg;
pub mod text;
pub mod time_stamp;
pub mod xmp;
