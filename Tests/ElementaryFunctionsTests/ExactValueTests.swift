import ElementaryFunctions
import Testing

/// Values that have no rounding, and identities.
@Suite struct ExactValueTests {
  @Test func powersOfTenAreExact() {
    var power = 1.0
    for exponent in 0...22 {
      #expect(Elementary.pow(10, Double(exponent)) == power)
      #expect(Elementary.log10(power) == Double(exponent))
      power *= 10
    }
    for exponent in -307 ... -1 {
      // The nearest double to 10ⁿ, and the whole logarithm of it.
      guard let power = Double("1e\(exponent)") else { continue }
      #expect(Elementary.pow(10, Double(exponent)) == power)
      #expect(Elementary.log10(power) == Double(exponent))
    }
  }

  @Test func powersOfTwoAreExact() {
    for exponent in -1074...1023 {
      let power = Elementary.pow(2, Double(exponent))
      #expect(power > 0 && power.significand == 1 && power.exponent == exponent)
      #expect(Elementary.log2(power) == Double(exponent))
    }
  }

  @Test func smallWholePowersAreExact() {
    for base in 2...40 {
      var power = 1
      for exponent in 0...20 {
        #expect(Elementary.pow(Double(base), Double(exponent)) == Double(power))
        #expect(Elementary.pow(-Double(base), Double(exponent)) == Double(exponent % 2 == 0 ? power : -power))
        #expect(Elementary.pow(Double(power), 0.5) == Double(power).squareRoot())
        let (next, isTooLarge) = power.multipliedReportingOverflow(by: base)
        if isTooLarge || next >= 1 << 53 { break }
        power = next
      }
    }
    #expect(Elementary.pow(1.5, 4) == 5.0625 && Elementary.pow(0.25, -1.5) == 8)
    #expect(Elementary.pow(27, 1.0 / 3) == 3 && Elementary.pow(1e-300, 0.5) == 1e-150)
  }

  @Test func circularFunctionsAreExactAtQuarters() {
    for whole in -9...9 {
      let x = Double(whole)
      #expect(Elementary.sinPi(x) == 0 && Elementary.cosPi(x + 0.5) == 0)
      #expect(Elementary.cosPi(x) == (whole.isMultiple(of: 2) ? 1 : -1))
      #expect(Elementary.sinPi(x + 0.5) == (whole.isMultiple(of: 2) ? 1 : -1))
    }
    #expect(Elementary.sinPi(0x1p60 + 256) == 0 && Elementary.cosPi(0x1p60) == 1)
    #expect(abs(Elementary.sinPi(1.0 / 6) - 0.5) <= 0.5.ulp && abs(Elementary.cosPi(1.0 / 3) - 0.5) <= 0.5.ulp)
    #expect(Elementary.asin(1) == Double.pi / 2 && abs(Elementary.asin(0.5) - Double.pi / 6) <= 0.5.ulp)
  }

  @Test func factorialsAreGammas() {
    var factorial = 1.0
    for number in 1...18 {
      let value = Elementary.logGamma(Double(number))
      let expected = Elementary.log(factorial)
      #expect(abs(value - expected) <= 4 * expected.ulp, "\(number)")
      factorial *= Double(number)
    }
    #expect(Elementary.logGamma(1) == 0 && Elementary.logGamma(2) == 0)
    #expect(abs(Elementary.logGamma(0.5) - Elementary.log(Double.pi) / 2) <= 2 * 0.5.ulp)
  }

  /// Symmetries hold bit by bit, inverses to rounding.
  @Test func identities() {
    let odd = [
      Elementary.sinh, Elementary.tanh, Elementary.asinh, Elementary.atanh, Elementary.asin, Elementary.sinPi,
      Elementary.erf,
    ]
    for step in 0..<2000 {
      let x = Double(step) * 0.000_493
      for function in odd { #expect(function(-x) == -function(x), "\(x)") }
      #expect(Elementary.cosPi(-x) == Elementary.cosPi(x))
      #expect(abs(Elementary.erf(x) + Elementary.erfc(x) - 1) <= 2 * 1.0.ulp)
      #expect(abs(Elementary.erfc(x) + Elementary.erfc(-x) - 2) <= 2 * 2.0.ulp)
      #expect(abs(Elementary.tanh(Elementary.atanh(x)) - x) <= 4 * x.ulp)
      #expect(abs(Elementary.sinh(Elementary.asinh(x)) - x) <= 4 * x.ulp)
      #expect(abs(Elementary.log1p(Elementary.expm1(x)) - x) <= 4 * x.ulp)
      #expect(abs(Elementary.log(Elementary.exp(x * 700)) - x * 700) <= 2 * max(1, x * 700).ulp)
    }
  }

  /// None falls where it should rise, over the places where the method changes.
  @Test(arguments: [
    (0.004, 0.007), (0.49, 0.51), (0.99, 1.01), (7.99, 8.01), (1.49, 1.51), (0.706, 0.708),
  ]) func functionsRise(_ lower: Double, _ upper: Double) {
    let places = (0...4000).map { lower + (upper - lower) * Double($0) / 4000 }
    let rising: [NamedFunction] = NamedFunction.all.filter {
      ["exp", "expm1", "sinh", "tanh", "log", "log1p", "log2", "log10", "asinh", "erf"].contains($0.name)
    }
    for function in rising {
      let values = places.map(function.value)
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "\(function.name)")
    }
    let complements = places.map(Elementary.erfc)
    #expect(zip(complements, complements.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
