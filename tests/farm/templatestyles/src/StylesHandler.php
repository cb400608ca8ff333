<?php

namespace FarmTemplateStyles;

use CodeContentHandler;
use Content;
use MediaWiki\Content\ValidationParams;
use StatusValue;

/** The content model: what may be saved in it. */
class StylesHandler extends CodeContentHandler {

	/** Properties whose value may be a var(): those that hold a colour, and shorthands with one. */
	private const COLOURED = '/^(color|background(-color)?|border(-(top|right|bottom|left)(-color)?)?|outline(-color)?)$/';

	/** A var() as it may be: a name, and a colour in case there is none of that name. */
	private const VARIABLE = '/var\(\s*--[a-z][a-z0-9-]*\s*(,\s*(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+)\s*)?\)/i';

	public function __construct( $model = 'sanitized-css' ) {
		parent::__construct( $model, [ CONTENT_FORMAT_CSS ] );
	}

	protected function getContentClass() {
		return StylesContent::class;
	}

	/** Refuses a style sheet as a whole for one line of it, as the original does. */
	public function validateSave( Content $content, ValidationParams $params ) {
		$refused = self::refused( $content->getText() );
		return $refused === null
			? StatusValue::newGood()
			: StatusValue::newFatal( 'farmtemplatestyles-refused', $refused );
	}

	/** Returns what is not allowed in a style sheet, or null. */
	private static function refused( string $css ): ?string {
		$css = preg_replace( '~/\*.*?\*/~s', '', $css );
		if ( preg_match( '~@import|url\(|expression\(|</style~i', $css, $found ) ) {
			return $found[0];
		}
		preg_match_all( '/([a-z-]+)\s*:\s*([^;{}]*)[;}]/i', $css, $all, PREG_SET_ORDER );
		foreach ( $all as [ , $property, $value ] ) {
			$rest = preg_match( self::COLOURED, strtolower( $property ) )
				? preg_replace( self::VARIABLE, '', $value ) : $value;
			if ( str_starts_with( $property, '--' ) || stripos( $rest, 'var(' ) !== false ) {
				return "$property: $value";
			}
		}
		return null;
	}
}
