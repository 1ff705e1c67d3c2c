import Foundation

/// The folder of this checkout.
package let checkout = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  .path
