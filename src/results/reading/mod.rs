//! The toolkit that reads YAML into types: a tree in which every value has its place, the files that the places point
//! into, and typed access that continues after a mistake.

pub mod places;
pub mod read;
pub mod yaml;
