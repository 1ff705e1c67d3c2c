#pragma once

/// Lets SQLite read names that begin with `file:` as addresses, whose options say how a file is opened. To be called before
/// SQLite is first used; 0, or SQLite's error.
int cstore_read_addresses(void);
