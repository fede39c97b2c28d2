using System.Security.Cryptography;

class Ciphers
{
    void All(byte[] key, byte[] data, string name)
    {
        var aes = Aes.Create();
        // ruleid: ecb-or-des-encryption
        aes.Mode = CipherMode.ECB;
        // ruleid: ecb-or-des-encryption
        var a = new AesManaged { Mode = CipherMode.ECB, Padding = PaddingMode.PKCS7 };
        // ruleid: ecb-or-des-encryption
        using var b = DES.Create();
        // ruleid: ecb-or-des-encryption
        using var c = TripleDES.Create();
        // ruleid: ecb-or-des-encryption
        var d = new DESCryptoServiceProvider { Key = key };
        // ruleid: ecb-or-des-encryption
        var e = aes.EncryptEcb(data, PaddingMode.PKCS7);
        // ruleid: ecb-or-des-encryption
        var f = SymmetricAlgorithm.Create("TripleDES");
        // ok: ecb-or-des-encryption
        aes.Mode = CipherMode.CBC;
        // ok: ecb-or-des-encryption
        var g = new AesGcm(key, 16);
        // ok: ecb-or-des-encryption
        var h = aes.EncryptCbc(data, aes.IV);
        // ok: ecb-or-des-encryption
        var i = SymmetricAlgorithm.Create("AES");
        // ok: ecb-or-des-encryption
        var j = Aes.Create();
        // ok: ecb-or-des-encryption
        var k = SymmetricAlgorithm.Create(name);
        // ok: ecb-or-des-encryption
        var l = Mode.ECB;
    }
}
