import Security

func store(_ key: Data) -> OSStatus {
    let query: [String: Any] = [
        kSecClass as String: kSecClassGenericPassword,
        // ruleid: keychain-item-always-accessible
        kSecAttrAccessible as String: kSecAttrAccessibleAlways,
        kSecValueData as String: key
    ]
    return SecItemAdd(query as CFDictionary, nil)
}

func change(_ query: CFDictionary) -> OSStatus {
    var attributes = [String: Any]()
    // ruleid: keychain-item-always-accessible
    attributes[kSecAttrAccessible as String] = kSecAttrAccessibleAlwaysThisDeviceOnly
    return SecItemUpdate(query, attributes as CFDictionary)
}

final class Pairing {
    // ruleid: keychain-item-always-accessible
    private let access = kSecAttrAccessibleAlways

    func control() -> SecAccessControl? {
        // ruleid: keychain-item-always-accessible
        return SecAccessControlCreateWithFlags(nil, kSecAttrAccessibleAlwaysThisDeviceOnly, [], nil)
    }
}

func storeLocked(_ key: Data) -> OSStatus {
    let query: [String: Any] = [
        // ok: keychain-item-always-accessible
        kSecAttrAccessible as String: kSecAttrAccessibleWhenUnlockedThisDeviceOnly,
        // ok: keychain-item-always-accessible
        kSecValueData as String: key
    ]
    // ok: keychain-item-always-accessible
    print("kSecAttrAccessibleAlways is deprecated")
    return SecItemAdd(query as CFDictionary, nil)
}

func changeLocked(_ query: CFDictionary) -> OSStatus {
    var attributes = [String: Any]()
    // ok: keychain-item-always-accessible
    attributes[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlock
    // ok: keychain-item-always-accessible
    attributes[kSecAttrAccessible as String] = kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly
    // ok: keychain-item-always-accessible
    return SecItemUpdate(query, attributes as CFDictionary)
}
