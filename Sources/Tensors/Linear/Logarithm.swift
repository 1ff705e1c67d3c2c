import Glibc

/// ln |x|.
func log(magnitude x: Double) -> Double { Glibc.log(abs(x)) }
