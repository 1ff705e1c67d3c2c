#pragma once

/// Renames as rename(2) does, but fails with EEXIST where the new name is taken. 0, or -1 with errno.
int cfiles_rename_if_free(const char *from, const char *to);

/// Exchanges two names of one file system in one step. 0, or -1 with errno; EINVAL or ENOSYS where that cannot be done.
int cfiles_exchange(const char *one, const char *other);
