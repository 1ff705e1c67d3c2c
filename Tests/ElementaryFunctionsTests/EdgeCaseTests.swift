import ElementaryFunctions
import Testing

/// Zeros and their signs, infinities, NaN, the ends of ranges and domains.
@Suite struct EdgeCaseTests {
  private func isSame(_ value: Double, _ expected: Double) -> Bool {
    value.isNaN && expected.isNaN || value == expected && value.sign == expected.sign
  }

  @Test(arguments: NamedFunction.all) func nanGivesNaN(_ function: NamedFunction) {
    #expect(function.value(.nan).isNaN && function.value(-.nan).isNaN)
  }

  @Test(arguments: ["expm1", "sinh", "tanh", "log1p", "asinh", "atanh", "asin", "erf", "sinPi"])
  func zerosKeepTheirSign(_ name: String) throws {
    let function = try #require(NamedFunction.all.first { $0.name == name })
    #expect(isSame(function.value(0), 0) && isSame(function.value(-0.0), -0.0))
    let least = function.value(.leastNonzeroMagnitude)
    #expect(least >= .leastNonzeroMagnitude && least <= 3 * .leastNonzeroMagnitude)
    #expect(function.value(-.leastNonzeroMagnitude) == -least)
  }

  @Test func exponentials() {
    let largest = Double.greatestFiniteMagnitude
    #expect(isSame(Elementary.exp(0), 1) && isSame(Elementary.exp(-0.0), 1))
    #expect(Elementary.exp(.infinity) == .infinity && isSame(Elementary.exp(-.infinity), 0))
    #expect(Elementary.exp(709.782712893384) < .infinity && Elementary.exp(709.7827128933841) == .infinity)
    #expect(Elementary.exp(-745.13) == .leastNonzeroMagnitude && isSame(Elementary.exp(-745.14), 0))
    #expect(Elementary.exp(largest) == .infinity && Elementary.exp(-largest) == 0)
    #expect(Elementary.expm1(.infinity) == .infinity && Elementary.expm1(-.infinity) == -1)
    #expect(Elementary.expm1(710) == .infinity && Elementary.expm1(-largest) == -1)
    #expect(Elementary.sinh(-.infinity) == -.infinity && Elementary.sinh(711) == .infinity)
    #expect(Elementary.sinh(710.4) < .infinity && Elementary.sinh(largest) == .infinity)
    #expect(Elementary.tanh(.infinity) == 1 && Elementary.tanh(-largest) == -1 && Elementary.tanh(19) < 1)
  }

  @Test func logarithms() {
    for function in [Elementary.log, Elementary.log2, Elementary.log10] {
      #expect(isSame(function(1), 0) && function(0) == -.infinity && function(-0.0) == -.infinity)
      #expect(function(.infinity) == .infinity && function(-1).isNaN && function(-.infinity).isNaN)
      #expect(function(-.leastNonzeroMagnitude).isNaN && function(.greatestFiniteMagnitude).isFinite)
    }
    #expect(Elementary.log2(.leastNonzeroMagnitude) == -1074)
    #expect(Elementary.log1p(-1) == -.infinity && Elementary.log1p(.infinity) == .infinity)
    #expect(Elementary.log1p(-1.5).isNaN && Elementary.log1p(-.infinity).isNaN)
    #expect(Elementary.asinh(-.infinity) == -.infinity && Elementary.asinh(.greatestFiniteMagnitude) < 711)
    #expect(Elementary.atanh(1) == .infinity && Elementary.atanh(-1) == -.infinity)
    #expect(Elementary.atanh(1.0.nextUp).isNaN && Elementary.atanh(-.infinity).isNaN)
  }

  @Test func others() {
    #expect(Elementary.asin(1.0.nextUp).isNaN && Elementary.asin(-.infinity).isNaN)
    #expect(Elementary.sinPi(.infinity).isNaN && Elementary.cosPi(-.infinity).isNaN)
    #expect(isSame(Elementary.sinPi(-3), -0.0) && isSame(Elementary.sinPi(3), 0) && isSame(Elementary.cosPi(-1.5), 0))
    #expect(Elementary.erf(.infinity) == 1 && Elementary.erf(-.infinity) == -1 && Elementary.erf(-7) == -1)
    #expect(Elementary.erfc(.infinity) == 0 && Elementary.erfc(-.infinity) == 2 && Elementary.erfc(0) == 1)
    #expect(Elementary.erfc(27.2) > 0 && Elementary.erfc(27.3) == 0 && Elementary.erfc(1e300) == 0)
    #expect(Elementary.erfc(-1e300) == 2 && Elementary.erfc(.leastNonzeroMagnitude) == 1)
    #expect(Elementary.logGamma(0) == .infinity && Elementary.logGamma(.infinity) == .infinity)
    #expect(Elementary.logGamma(-0.5).isNaN && Elementary.logGamma(-.infinity).isNaN)
    #expect(Elementary.logGamma(1e305).isFinite && Elementary.logGamma(.greatestFiniteMagnitude) == .infinity)
  }

  /// x, y and xʸ, as IEEE 754-2019 has them in 9.2.1.
  @Test(
    arguments: [
      (.nan, 0, 1), (1, .nan, 1), (.nan, 1, .nan), (2, .nan, .nan), (-0.0, 3, -0.0), (-0.0, 2, 0), (0, 0.5, 0),
      (-0.0, 0.5, 0), (0, -1, .infinity), (-0.0, -3, -.infinity), (-0.0, -2, .infinity), (-0.0, -0.5, .infinity),
      (-1, .infinity, 1), (-1, -.infinity, 1), (0.5, .infinity, 0), (0.5, -.infinity, .infinity),
      (2, .infinity, .infinity),
      (-2, -.infinity, 0), (.infinity, 2, .infinity), (.infinity, -0.1, 0), (-.infinity, 3, -.infinity),
      (-.infinity, 2, .infinity), (-.infinity, -3, -0.0), (-.infinity, -2, 0), (-.infinity, 0.5, .infinity),
      (-8, 1.0 / 3, .nan), (-1, 0.5, .nan), (-2, 3, -8), (-2, -1, -0.5), (-1, 1e300, 1),
      (-1, 9_007_199_254_740_991, -1),
      (2, 1024, .infinity), (-2, 1025, -.infinity), (-2, -1077, -0.0), (2, -1e300, 0), (0.999, 1e300, 0),
      (1.001, 1e300, .infinity), (1.001, -1e300, 0), (0.5, -1e300, .infinity), (7, 1e-300, 1), (.infinity, 0, 1),
      (0, .infinity, 0), (0, -.infinity, .infinity),
    ] as [(Double, Double, Double)])
  func powers(_ x: Double, _ y: Double, _ expected: Double) {
    let value = Elementary.pow(x, y)
    #expect(isSame(value, expected), "\(x)^\(y) is \(value)")
  }
}
