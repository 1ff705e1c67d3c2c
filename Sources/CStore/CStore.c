#include "CStore.h"

#include <sqlite3.h>

int cstore_read_addresses(void) { return sqlite3_config(SQLITE_CONFIG_URI, 1); }
