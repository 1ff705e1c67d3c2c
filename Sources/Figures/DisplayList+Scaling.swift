extension DisplayList {
  /// Width and height in points above which a drawing is set smaller: what readers of PDF files allow a page (200 inches).
  static let greatestExtent = 14_400.0

  /// The drawing, set smaller as a whole where it is wider or higher than `greatestExtent`.
  func fittingPage() -> DisplayList {
    let largest = max(width, height)
    guard largest > Self.greatestExtent else { return self }
    let share = Self.greatestExtent / largest
    var list = self
    list.width = min(width * share, Self.greatestExtent)
    list.height = min(height * share, Self.greatestExtent)
    list.items = items.map { $0.scaled(share) }
    list.tooltips = tooltips.map {
      Tooltip(center: $0.center.scaled(share), radius: $0.radius * share, text: $0.text, member: $0.member)
    }
    return list
  }
}

extension DisplayItem {
  fileprivate func scaled(_ share: Double) -> DisplayItem {
    switch self {
    case .path(let path, let fill, let stroke):
      return .path(path.scaled(share), fill: fill, stroke: stroke.map { $0.scaled(share) })
    case .points(var marks, let rasterized):
      marks.size *= share
      marks.positions = marks.positions.map { $0.scaled(share) }
      return .points(marks, rasterized: rasterized)
    case .text(var mark):
      mark.anchor = mark.anchor.scaled(share)
      mark.size *= share
      return .text(mark)
    case .clipped(let frame, let items):
      return .clipped(
        Rectangle(
          x: frame.x * share, y: frame.y * share, width: frame.width * share, height: frame.height * share),
        items.map { $0.scaled(share) })
    case .member(let name, let items): return .member(name, items.map { $0.scaled(share) })
    }
  }
}

extension Path {
  fileprivate func scaled(_ share: Double) -> Path {
    Path(
      segments.map { segment in
        switch segment {
        case .move(let point): .move(point.scaled(share))
        case .line(let point): .line(point.scaled(share))
        case .curve(let first, let second, let end):
          .curve(first.scaled(share), second.scaled(share), end.scaled(share))
        case .close: .close
        }
      })
  }
}

extension Stroke {
  fileprivate func scaled(_ share: Double) -> Stroke {
    Stroke(paint, width: width * share, dashes: dashes.map { $0 * share }, isRound: isRound)
  }
}

extension Point {
  fileprivate func scaled(_ share: Double) -> Point { Point(x * share, y * share) }
}
