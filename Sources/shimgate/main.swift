// The multicall binary: dispatch is by the last component of argv[0], everything else is in `Shim`.

internal import Glibc
internal import Shim

exit(runMulticall())
