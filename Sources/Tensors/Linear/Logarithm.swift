import ElementaryFunctions

/// ln |x|.
func log(magnitude x: Double) -> Double { Elementary.log(abs(x)) }
