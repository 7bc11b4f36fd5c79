mod reader;
mod schema;
