import ElementaryFunctions
import Figures

/// Red, green, blue in 0 … 1.
struct RGB: Hashable {
  var red: Double
  var green: Double
  var blue: Double

  init(_ red: Double, _ green: Double, _ blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  init(hex: UInt32) {
    self.init(Double(hex >> 16 & 255) / 255, Double(hex >> 8 & 255) / 255, Double(hex & 255) / 255)
  }

  func mixed(with other: RGB, _ share: Double) -> RGB {
    RGB(
      red + (other.red - red) * share, green + (other.green - green) * share, blue + (other.blue - blue) * share)
  }

  /// Relative luminance as WCAG 2 defines it.
  var luminance: Double {
    func linear(_ channel: Double) -> Double {
      channel <= 0.03928 ? channel / 12.92 : Elementary.pow((channel + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}

/// Colours of the parts of a drawing.
struct Palette {
  let theme: FigureTheme

  /// Okabe & Ito's colours, blue first; the eighth is the ink.
  private static let categories: [UInt32] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0xF0E442]
  private static let darkCategories: [UInt32] = [0x56B4E9, 0xE69F00, 0x2DC79A, 0xE39BC4, 0xF0803C, 0x3D9BE0, 0xF0E442]
  /// Cividis at nine equal steps.
  private static let cividis: [UInt32] = [
    0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xFEE838,
  ]
  private static let negative: [UInt32] = [0x08306B, 0x2166AC, 0x67A9CF, 0xD1E5F0]
  private static let positive: [UInt32] = [0x7F2704, 0xB35806, 0xF1A340, 0xFEE0B6]

  func color(_ role: Paint.Role) -> RGB {
    let isDark = theme == .dark
    switch role {
    case .ink: return RGB(hex: isDark ? 0xE6EDF3 : 0x1F2328)
    case .muted: return RGB(hex: isDark ? 0x9DA7B3 : 0x59636E)
    case .grid: return RGB(hex: isDark ? 0x2A313A : 0xE4E8EC)
    case .background: return RGB(hex: isDark ? 0x0D1117 : 0xFFFFFF)
    case .category(let index):
      let slot = ((index % 8) + 8) % 8
      return slot == 7 ? color(.ink) : RGB(hex: (isDark ? Self.darkCategories : Self.categories)[slot])
    case .sequential(let value):
      let share = min(1, max(0, value))
      return Self.ramp(Self.cividis, isDark ? share : 1 - share)
    case .diverging(let value):
      let share = min(1, max(-1, value))
      let neutral = RGB(hex: isDark ? 0x1C232C : 0xF7F7F7)
      let side = share < 0 ? Self.negative : Self.positive
      let steps = isDark ? Array(side[1...]) : Array(side.reversed())
      let size = abs(share) * 3
      if size < 1 { return neutral.mixed(with: RGB(hex: steps[0]), size) }
      return Self.ramp(steps, (size - 1) / 2)
    case .onDiverging(let value): return Self.readable(on: color(.diverging(value)))
    case .onSequential(let value): return Self.readable(on: color(.sequential(value)))
    }
  }

  private static func ramp(_ steps: [UInt32], _ share: Double) -> RGB {
    let place = (share.isNaN ? 0 : min(1, max(0, share))) * Double(steps.count - 1)
    let below = min(Int(place), steps.count - 2)
    return RGB(hex: steps[below]).mixed(with: RGB(hex: steps[below + 1]), place - Double(below))
  }

  /// Black or white, whichever has the larger contrast.
  private static func readable(on ground: RGB) -> RGB {
    (ground.luminance + 0.05) / 0.05 > 1.05 / (ground.luminance + 0.05) ? RGB(0, 0, 0) : RGB(1, 1, 1)
  }
}
