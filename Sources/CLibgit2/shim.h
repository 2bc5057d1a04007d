#pragma once
#include <git2.h>

// libgit2 renamed its version macros in 1.6; the older names are gone when deprecations are off.
#if defined(LIBGIT2_VERSION_MAJOR)
#define MESHKIT_LIBGIT2_AT_LEAST(major, minor) \
  (LIBGIT2_VERSION_MAJOR > (major) || \
   (LIBGIT2_VERSION_MAJOR == (major) && LIBGIT2_VERSION_MINOR >= (minor)))
#else
#define MESHKIT_LIBGIT2_AT_LEAST(major, minor) \
  (LIBGIT2_VER_MAJOR > (major) || (LIBGIT2_VER_MAJOR == (major) && LIBGIT2_VER_MINOR >= (minor)))
#endif

/// Bounds how long a socket may take to connect and how long it may stay silent, in milliseconds.
/// Returns 1 when this libgit2 can do that (1.7 and newer), 0 when it cannot, negative on failure.
/// It is here because `git_libgit2_opts` is variadic, which Swift cannot call.
static inline int meshkit_git_set_server_timeouts(int connect, int silence) {
#if MESHKIT_LIBGIT2_AT_LEAST(1, 7)
  int result = git_libgit2_opts(GIT_OPT_SET_SERVER_CONNECT_TIMEOUT, connect);
  if (result < 0) return result;
  result = git_libgit2_opts(GIT_OPT_SET_SERVER_TIMEOUT, silence);
  return result < 0 ? result : 1;
#else
  (void)connect;
  (void)silence;
  return 0;
#endif
}

