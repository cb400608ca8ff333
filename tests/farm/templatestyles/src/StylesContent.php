<?php

namespace FarmTemplateStyles;

use TextContent;

/** A style sheet. */
class StylesContent extends TextContent {

	/** @param string $text CSS */
	public function __construct( $text, $model = 'sanitized-css' ) {
		parent::__construct( $text, $model );
	}
}
