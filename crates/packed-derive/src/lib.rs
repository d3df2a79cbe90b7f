//! `#[derive(Packed)]`: the packed form of a struct or enum, of its fields in their order.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Error, Fields, parse_macro_input};

/// Derives `waymark_packed::Packed`. A variant is written as its place in the enum.
#[proc_macro_derive(Packed)]
pub fn derive(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let implemented = match &input.data {
        Data::Struct(data) => of_struct(&input, &data.fields),
        Data::Enum(data) => of_enum(&input, data.variants.iter().collect()),
        Data::Union(_) => {
            Error::new_spanned(&input.ident, "a union cannot be packed").to_compile_error()
        }
    };
    implemented.into()
}

fn of_struct(input: &DeriveInput, fields: &Fields) -> Tokens {
    let Parts {
        pattern,
        pack,
        unpack,
        shape,
    } = Parts::of(fields);
    let name = &input.ident;
    implementation(
        input,
        quote! { ::waymark_packed::shape(stringify!(#name), &[#shape]) },
        quote! { let Self #pattern = self; #pack },
        quote! { Self #unpack },
    )
}

fn of_enum(input: &DeriveInput, variants: Vec<&syn::Variant>) -> Tokens {
    let (mut pack, mut unpack, mut shape) = (Tokens::new(), Tokens::new(), Tokens::new());
    for (number, variant) in (0_u64..).zip(variants) {
        let name = &variant.ident;
        let of = Parts::of(&variant.fields);
        let (of_pattern, of_pack, of_unpack, of_shape) = (of.pattern, of.pack, of.unpack, of.shape);
        pack.extend(quote! {
            Self::#name #of_pattern => { ::waymark_packed::number(#number, bytes); #of_pack }
        });
        unpack.extend(quote! { #number => Self::#name #of_unpack, });
        shape.extend(quote! { ::waymark_packed::shape(stringify!(#name), &[#of_shape]), });
    }
    let name = &input.ident;
    implementation(
        input,
        quote! { ::waymark_packed::shape(stringify!(#name), &[#shape]) },
        quote! { match self { #pack } },
        // Nothing but noughts follows a failure, so that this ends with the first variant.
        quote! { match from.number() { #unpack _ => { from.fail(); ::waymark_packed::Packed::unpack(from) } } },
    )
}

fn implementation(input: &DeriveInput, shape: Tokens, pack: Tokens, unpack: Tokens) -> Tokens {
    let name = &input.ident;
    quote! {
        impl ::waymark_packed::Packed for #name {
            const SHAPE: u64 = #shape;

            fn pack(&self, bytes: &mut ::std::vec::Vec<u8>) {
                #pack
            }

            fn unpack(from: &mut ::waymark_packed::Unpacker<'_>) -> Self {
                #unpack
            }
        }
    }
}

/// What is made of the fields of a struct or variant.
struct Parts {
    /// Binds each field to a name of its own.
    pattern: Tokens,
    pack: Tokens,
    unpack: Tokens,
    shape: Tokens,
}

impl Parts {
    fn of(fields: &Fields) -> Self {
        let types: Vec<&syn::Type> = fields.iter().map(|field| &field.ty).collect();
        let bound: Vec<syn::Ident> = (0..types.len())
            .map(|place| format_ident!("field_{place}"))
            .collect();
        let read = quote! { ::waymark_packed::Packed::unpack(from) };
        let (pattern, unpack) = match fields {
            Fields::Named(named) => {
                let names: Vec<_> = named.named.iter().map(|field| &field.ident).collect();
                (
                    quote! { { #(#names: #bound),* } },
                    quote! { { #(#names: #read),* } },
                )
            }
            Fields::Unnamed(_) => {
                let reads = types.iter().map(|_| &read);
                (quote! { ( #(#bound),* ) }, quote! { ( #(#reads),* ) })
            }
            Fields::Unit => (Tokens::new(), Tokens::new()),
        };
        let names = fields.iter().map(|field| {
            field
                .ident
                .as_ref()
                .map_or_else(String::new, ToString::to_string)
        });
        Parts {
            pattern,
            unpack,
            pack: quote! { #( ::waymark_packed::Packed::pack(#bound, bytes); )* },
            shape: quote! { #( ::waymark_packed::shape(#names, &[<#types as ::waymark_packed::Packed>::SHAPE]) ),* },
        }
    }
}
