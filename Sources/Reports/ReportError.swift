/// Why a report cannot be written.
package enum ReportError: Error, Sendable, Hashable {
  /// A template is missing or cannot be read.
  case template(name: String, reason: String)
  /// Prose cites a publication that the analysis does not list.
  case unknownCitation(String)
  /// A figure or table cannot be written as it is.
  case part(name: String, reason: String)
}

extension ReportError: CustomStringConvertible {
  /// One sentence for a person.
  package var description: String {
    switch self {
    case .template(let name, let reason): "template \(name): \(reason)"
    case .unknownCitation(let key): "[@\(key)] is not among the analysis' references"
    case .part(let name, let reason): "\(name): \(reason)"
    }
  }
}
