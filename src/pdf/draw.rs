//! Pages of a PDF as pictures.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// Draws a page on white; `scale` is in pixels per point. A damaged page can cause a panic.
pub fn draw_page(page: &Page<'_>, scale: f32) -> Pixmap {
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings)
}
